import { sequenceGraph } from '../graph.ts';
import { plainStory, type Story, storyOf } from '../story.ts';
import { tellStory } from '../tell-story.ts';
import { type Exploration, sequenceOf } from './exploration.ts';
import { pictures } from './pictures.ts';
import type { Verdict } from './verdict.ts';

/** What a picture of an exploration tells. A run that is not valid has no way, and leaves its machine plain. */
export function storyAlong(exploration: Exploration, verdict: Verdict): Story {
  const graph = sequenceGraph(sequenceOf(exploration));
  return verdict.kind === 'invalid' ? plainStory(graph) : storyOf(graph, verdict.journey);
}

/** The picture of an exploration as SVG text, with its own style sheet inside. A machine that was brought has none. */
export function pictureOf(exploration: Exploration, verdict: Verdict): string | undefined {
  const { sequence } = exploration;
  const layout = sequence === 'own' ? undefined : pictures.get(sequence);
  if (layout === undefined) return undefined;
  return tellStory(layout, sequenceGraph(sequenceOf(exploration)), storyAlong(exploration, verdict));
}
