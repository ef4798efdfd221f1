import { readField } from '../read-keys.ts';
import { type Reading, remark } from '../reading.ts';
import { differs, ofSecondPass, promptsOf } from './compare-samplers.ts';
import { followModel, remarkOnLoras } from './follow-model.ts';
import { type Graph, inputValue, stoppedAt } from './graph.ts';
import type { SamplerSettings } from './read-sampler.ts';

/**
 * Two samplers in a row are base and refiner where the second takes over at the step at which the first ends.
 *
 * @throws {UnreadableGraphError} where it does not.
 */
export function readRefiner(
  graph: Graph,
  base: SamplerSettings,
  refiner: SamplerSettings,
): readonly Reading[] {
  if (base.range === undefined || refiner.range === undefined || base.range.end !== refiner.range.start)
    throw stoppedAt(
      refiner.node,
      'it samples again what was sampled, and does not take over within the steps',
    );
  const model = followModel(graph, refiner.guide);
  const addsNoise = inputValue(graph, refiner.node, 'add_noise');
  return [
    ...readField(['refiner_model_name'], model.name, model.path),
    ...readField(['refiner_switch_at'], shareBefore(base.range), [base.node.id, 'end_at_step']),
    ...remarkOnRefiner(graph, base, refiner),
    ...(addsNoise === 'enable'
      ? [remark([refiner.node.id, 'add_noise'], 'dropped', 'is lost: a refiner adds no noise of its own')]
      : []),
    ...remarkOnLoras(refiner.node, followModel(graph, base.guide), model, 'the refiner'),
    ...model.remarks,
  ];
}

/** The share of the steps that are run: a hires pass begins behind the first. */
function shareBefore({ start, end, steps }: NonNullable<SamplerSettings['range']>): number {
  return (end - start) / (steps - start);
}

/** A refiner takes over the settings and the prompts of the run. */
function remarkOnRefiner(graph: Graph, base: SamplerSettings, refiner: SamplerSettings): readonly Reading[] {
  const settings = (['steps', ...ofSecondPass] as const).flatMap((name) => {
    const setting = differs(base, refiner, name);
    return setting === undefined ? [] : [setting.path];
  });
  const prompts = (['positive', 'negative'] as const).flatMap((side) => {
    const [before, after] = promptsOf(graph, base, refiner, side);
    return after === undefined || after.text === before?.text ? [] : [after.path];
  });
  return [...settings, ...prompts].map((path) =>
    remark(path, 'dropped', 'is lost: the refiner has the settings and the prompts of the run'),
  );
}
