import { type SequenceName, sequences } from '../../machines/sequences.ts';
import { sequenceGraph } from '../graph.ts';
import { journeyOfRun } from '../journey.ts';
import { plainStory, storyOf } from '../story.ts';
import { tellStory } from '../tell-story.ts';
import { type Exploration, planOptions } from './exploration.ts';
import { pictures } from './pictures.ts';
import type { Verdict } from './verdict.ts';

/** The picture of an exploration as SVG text, with its own style sheet inside. A run that is not valid has no way, and leaves it plain. */
export function pictureOf(exploration: Exploration, { kind }: Verdict): string {
  const graph = graphOf(exploration.sequence);
  const layout = pictures.get(exploration.sequence) ?? '';
  const story =
    kind === 'invalid'
      ? plainStory(graph)
      : storyOf(graph, journeyOfRun(exploration.config, planOptions(exploration)));
  return tellStory(layout, graph, story);
}

function graphOf(sequence: SequenceName) {
  return sequenceGraph(sequences[sequence]);
}
