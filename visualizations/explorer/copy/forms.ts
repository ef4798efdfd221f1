import { policies, policyNames } from '../../../machines/policies.ts';
import { isSequenceName } from '../../../machines/sequences.ts';
import { toComfyPrompt } from '../../../src/compile/comfyui/to-comfy-prompt.ts';
import { UncompilablePlanError } from '../../../src/compile/uncompilable-plan-error.ts';
import { toWebuiRequests } from '../../../src/compile/webui/to-webui-requests.ts';
import { formatInfotext } from '../../../src/import/infotext/format-infotext.ts';
import type { StageExecutionPlan } from '../../../src/index.ts';
import { policyFlag } from '../../../src/names/policy-flags.ts';
import { countOf } from '../../../src/plan/say-work.ts';
import { backends } from '../backends.ts';
import type { Exploration } from '../exploration.ts';
import type { Verdict } from '../verdict.ts';

/** A run or its plan in some form, with what that leaves out; or why there is none. */
export type CopiedForm =
  | { readonly success: true; readonly text: string; readonly remark: string | null }
  | { readonly success: false; readonly why: string };

/** Writes what is looked at in one form. Pure. */
export type FormWriter = (exploration: Exploration, verdict: Verdict) => CopiedForm;

/** The forms in which a run can be taken away, by their names for people. */
export const forms: Readonly<Record<string, FormWriter>> = {
  'CLI line': cliLine,
  TypeScript: typescript,
  Infotext: ofPlan(({ plan }) => {
    const { text, notes } = formatInfotext(plan);
    return {
      success: true,
      text,
      remark: notes.length === 0 ? null : `It leaves out ${countOf(notes.length, 'thing')}.`,
    };
  }),
  Plan: ofPlan(({ plan }) => written(plan)),
  RunConfig: ({ config }) => written(config),
  Requests: ofPlan(requests),
};

function cliLine({ config, sequence, order, ...open }: Exploration): CopiedForm {
  if (!isSequenceName(sequence))
    return {
      success: false,
      why: 'The command line knows the shipped sequences alone: copy it as TypeScript.',
    };
  const flags = [
    ...(sequence === 'canonical' ? [] : [`--sequence ${sequence}`]),
    ...policyNames.filter((name) => open[name] !== policies[name].default).map(policyFlag),
    ...(order === 'reject' ? [] : [`--order ${order}`]),
  ];
  const json = JSON.stringify(config).replaceAll("'", String.raw`'\''`);
  return {
    success: true,
    text: `${[`printf '%s' '${json}' | stageplan build -`, ...flags].join(' ')}\n`,
    remark: null,
  };
}

function typescript({ config, sequence, machine, order, ...open }: Exploration): CopiedForm {
  const stated = policyNames.filter((name) => open[name] !== policies[name].default);
  const options = [
    ...(sequence === 'own' ? ['sequence'] : sequence === 'canonical' ? [] : [`sequence: '${sequence}'`]),
    ...stated.map((name) => `${name}: ${open[name]}`),
    ...(order === 'reject' ? [] : [`order: '${order}'`]),
  ];
  const { context: _policies, ...own } = machine ?? {};
  const lines = [
    "import { buildStagePlan } from 'stageplan';",
    ...(sequence === 'own'
      ? [
          "import { policyContext, sequenceSetup } from 'stageplan/machines';",
          '',
          `const sequence = sequenceSetup.createMachine({ ...${print(own)}, context: policyContext });`,
        ]
      : []),
    '',
    `const plan = buildStagePlan(${print(config)}${options.length === 0 ? '' : `, { ${options.join(', ')} }`});`,
    '',
  ];
  return { success: true, text: lines.join('\n'), remark: null };
}

function requests({
  plan,
  exploration: { backend },
}: {
  plan: StageExecutionPlan;
  exploration: Exploration;
}): CopiedForm {
  try {
    return written(
      backend === 'comfyui' ? toComfyPrompt(plan).prompt : toWebuiRequests(plan, { target: backend }),
    );
  } catch (error) {
    if (!(error instanceof UncompilablePlanError)) throw error;
    return {
      success: false,
      why: `${backends[backend]} cannot do this plan: see "What is sent" in its stages.`,
    };
  }
}

function ofPlan(
  write: (what: { plan: StageExecutionPlan; exploration: Exploration }) => CopiedForm,
): FormWriter {
  return (exploration, verdict) =>
    verdict.kind === 'planned'
      ? write({ plan: verdict.plan, exploration })
      : { success: false, why: 'There is no plan to copy yet.' };
}

function written(value: unknown): CopiedForm {
  return { success: true, text: `${print(value)}\n`, remark: null };
}

function print(value: unknown): string {
  return JSON.stringify(value, null, 2);
}
