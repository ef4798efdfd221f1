import { randomInt } from 'node:crypto';
import {
  buildStagePlan,
  resolveSeeds,
  type Size,
  type StageExecution,
  type StageInput,
  saySize,
  verifyStagePlan,
} from 'stageplan';

interface Picture {
  readonly file: string;
  readonly size: Size | null;
  /** The seed that it was drawn with. null: nobody knows. */
  readonly seed: number | null;
}

/** What your backend can do: make `count` pictures by one stage, out of one picture or of none, the first with this seed. */
type Draw = (
  stage: StageExecution,
  from: Picture | null,
  seed: number,
  count: number,
) => Promise<readonly Picture[]>;

/** Carries a plan of unknown origin out, and gives the pictures that its author wants to keep. */
async function run(document: unknown, draw: Draw, existing?: Picture): Promise<readonly Picture[]> {
  const verdict = verifyStagePlan(document);
  if (!verdict.valid) throw new Error(verdict.problems.map(({ message }) => message).join('\n'));
  const { plan } = resolveSeeds(verdict.plan, randomInt);

  const made = new Map<string, readonly Picture[]>();
  for (const stage of plan.stages) {
    const pictures: Picture[] = [];
    for (const from of picturesFor(stage.input, made, existing))
      pictures.push(...(await runStage(stage, from, draw)));
    if (pictures.length !== stage.images_out) throw new Error(`${stage.id} gave ${pictures.length} images.`);
    made.set(stage.id, pictures);
  }
  return plan.stages.flatMap(({ id, keeps_image }) => (keeps_image ? (made.get(id) ?? []) : []));
}

/** The pictures that a stage takes, of which it runs once for each; null where it takes none, and runs once. */
function picturesFor(
  input: StageInput,
  made: ReadonlyMap<string, readonly Picture[]>,
  existing: Picture | undefined,
): readonly (Picture | null)[] {
  if (input.source === 'none') return [null];
  if (input.source === 'stage') return made.get(input.stage_id) ?? [];
  if (existing === undefined)
    throw new Error(`Bring the image ${input.image ?? 'that the plan starts from'}.`);
  return [existing];
}

async function runStage(
  stage: StageExecution,
  from: Picture | null,
  draw: Draw,
): Promise<readonly Picture[]> {
  const { batch_size, n_iter, seed: own } = stage.stage_config;
  const seed = own ?? from?.seed ?? null;
  if (seed === null) throw new Error(`${stage.id} takes a picture whose seed nobody knows.`);
  const pictures: Picture[] = [];
  for (let batch = 0; batch < n_iter; batch += 1)
    pictures.push(...(await tryThrice(() => draw(stage, from, seed + batch * batch_size, batch_size))));
  for (const { size } of pictures)
    if (stage.output_size !== null && saySize(size) !== saySize(stage.output_size))
      throw new Error(`${stage.id} gave ${saySize(size)} in place of ${saySize(stage.output_size)}.`);
  return pictures;
}

/** Seeds are drawn before the first stage, so a second try gives the same picture as the first would have. */
async function tryThrice<Result>(work: () => Promise<Result>): Promise<Result> {
  for (let tries = 1; tries < 3; tries += 1)
    try {
      return await work();
    } catch (error) {
      console.log(`${error}, once more`);
    }
  return work();
}

// Put your backend here. This one draws nothing, and loses its first request.
let requests = 0;
const pretend: Draw = async ({ id, output_size }, from, seed, count) => {
  requests += 1;
  if (requests === 1) throw new Error('connection lost');
  return Array.from({ length: count }, (_, index) => {
    const file = `${from === null ? '' : `${from.file}, `}${id} ${seed + index}`;
    return { file, size: output_size, seed: seed + index };
  });
};

const plan = buildStagePlan({
  txt2img_enabled: true,
  upscale_enabled: true,
  prompt: 'a lighthouse on a cliff at dusk',
  seed: 42,
  batch_size: 2,
  n_iter: 2,
});

for (const { file, size } of await run(plan, pretend)) console.log(`${file}: ${saySize(size)}`);
