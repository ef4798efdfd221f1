/** What a server does in another way than the plan says. `code` is closed. */
export interface WebuiWarning {
  readonly code: 'other_steps';
  readonly stage_id: string;
  /** The field that says the steps: `steps`, `redraw.steps`, `detectors[0].steps`. */
  readonly field: string;
  /** The steps that the plan runs. */
  readonly planned: number;
  /** The steps that the server runs, by its pipelines for SD 1.x and SDXL. */
  readonly run: number;
}

/** Says a warning in words, which may change in any release. */
export function sayWebuiWarning({ stage_id, field, planned, run }: WebuiWarning): string {
  return `${stage_id} runs other steps on SD.Next, which counts ${field} in another way: ${run}, where the plan has ${planned}.`;
}
