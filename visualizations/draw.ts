import type { SequenceName } from '../machines/sequences.ts';
import { machineOf, takeOptions } from '../src/sequence/options.ts';
import type { StageSequence } from '../src/sequence/sequence.ts';
import { renderDefinition } from './definition.ts';
import { renderDot } from './dot.ts';
import { sequenceGraph, withNotes } from './graph.ts';
import type { Journey } from './journey.ts';
import { type Marks, markJourney } from './marks.ts';
import { renderMermaid } from './mermaid.ts';
import { renderSvg } from './svg.ts';

/** The formats of a picture. */
export const pictureFormats = ['mermaid', 'dot', 'svg', 'json'] as const;
export type PictureFormat = (typeof pictureFormats)[number];

const formatRule = {
  format: {
    must: `one of ${pictureFormats.join(', ')}`,
    takes: (value: unknown) => pictureFormats.some((format) => format === value),
  },
};

/**
 * Draws the machine of a sequence.
 *
 * @throws {InvalidOptionsError} when the format is none of these, or the sequence neither a machine nor a shipped name.
 * @throws {MissingPackageError} for `svg`, when the optional package `@viz-js/viz` is not installed.
 * @example
 * await drawSequence(canonicalSequence, 'mermaid'); // 'stateDiagram-v2\n...'
 */
export async function drawSequence(
  sequence: StageSequence | SequenceName,
  format: PictureFormat,
): Promise<string> {
  return draw(machineOf(sequence), format);
}

/**
 * Draws the machine of a sequence with a journey marked in it, and in which pass a refiner works. `json` is the machine
 * alone.
 *
 * @throws {InvalidOptionsError} when the format is none of these.
 * @throws {MissingPackageError} for `svg`, when the optional package `@viz-js/viz` is not installed.
 * @example
 * await drawJourney(journeyOfRun({ txt2img_enabled: true }), 'svg'); // '<svg class="stageplan-diagram" ...'
 */
export async function drawJourney(journey: Journey, format: PictureFormat): Promise<string> {
  const { sequence, notes } = journey;
  return draw(sequence, format, markJourney(sequenceGraph(sequence), journey), notes);
}

async function draw(
  sequence: StageSequence,
  format: PictureFormat,
  marks: Marks = {},
  notes: Journey['notes'] = {},
): Promise<string> {
  takeOptions({ format }, formatRule);
  if (format === 'json') return renderDefinition(sequence);
  const graph = withNotes(sequenceGraph(sequence), notes);
  if (format === 'mermaid') return renderMermaid(graph, marks);
  if (format === 'dot') return renderDot(graph, marks);
  return renderSvg(graph, marks);
}
