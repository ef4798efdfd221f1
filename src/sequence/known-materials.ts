import { canonicalSequence } from '../../machines/canonical-sequence.ts';
import type { Material } from '../../machines/vocabulary.ts';
import type { SequenceProblem } from './invalid-sequence-error.ts';
import type { StageSequence } from './sequence.ts';
import { readMeta } from './states.ts';

/** What each shipped stage takes, as the canonical machine says it. */
const taken: ReadonlyMap<string, Material> = new Map(
  outermostStages(canonicalSequence).map(({ stage, takes }) => [stage, takes]),
);

/**
 * The states of a shipped stage, or of one that is like it, that say that it takes something else than it does: a plan
 * would hand an img2img no image. A stage of any other kind takes what its machine says.
 *
 * `likeOf`: the shipped stage that a stage of one's own is like.
 */
export function materialProblems(
  sequence: StageSequence,
  likeOf: ReadonlyMap<string, string>,
): readonly SequenceProblem[] {
  return outermostStages(sequence).flatMap(({ state, stage, takes }): readonly SequenceProblem[] => {
    const like = likeOf.get(stage) ?? stage;
    const right = taken.get(like);
    if (right === undefined || right === takes) return [];
    const message = `The state ${state} takes ${say(takes)}, but the work of ${like} takes ${say(right)}: write takes: '${right}' in its meta.`;
    return [{ code: 'wrong_meta', state, message }];
  });
}

/** The states in which a stage begins. One that stands for a pass goes on with the stage before it. */
function outermostStages({ root }: StageSequence) {
  return Object.values(root.states).flatMap(({ key: state, meta }) => {
    const { stage_type: stage = null, pass = null, takes = '' } = readMeta(meta) ?? {};
    return stage === null || pass !== null ? [] : [{ state, stage, takes }];
  });
}

function say(material: Material): string {
  return material === 'nothing' ? material : `${/^[aeiou]/.test(material) ? 'an' : 'a'} ${material}`;
}
