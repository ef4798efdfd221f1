import { RequestedDetector } from '../config/detector.ts';
import { GenerationSettings } from '../config/generation-settings.ts';
import { hiresFields } from '../config/hires-settings.ts';
import type { RunConfig } from '../config/run-config.ts';
import { RequestedUpscale } from '../config/upscale-settings.ts';
import { type ImportNote, noteAt, type Path, show } from './note.ts';

/** A note on every field that a stage or pass of the run uses, and that the input leaves to the RunConfig's default. */
export function defaultedNotes(config: RunConfig, isSet: (field: Path) => boolean): readonly ImportNote[] {
  const settings = usedSettings(config).filter(({ field }) => !isSet(field));
  const notes = settings.map(({ field, value }) =>
    noteAt(field, 'defaulted', `is ${show(value)}: the input leaves it out`),
  );
  if (config.refiner_model_name === null || config.refiner_enabled || isSet(['refiner_enabled']))
    return notes;
  return [
    ...notes,
    noteAt(['refiner_enabled'], 'defaulted', 'is false: a model alone switches no refiner on'),
  ];
}

interface Setting {
  readonly field: Path;
  readonly value: unknown;
}

function usedSettings(config: RunConfig): readonly Setting[] {
  return [
    ...settingsOf([], Object.keys(GenerationSettings.shape), config),
    ...(config.refiner_enabled ? settingsOf([], ['refiner_switch_at'], config) : []),
    ...(config.hires_enabled ? statedOf([], Object.keys(hiresFields), config) : []),
    ...(config.img2img_enabled ? settingsOf(['img2img'], ['denoising_strength'], config.img2img) : []),
    ...(config.upscale_enabled ? statedOf(['upscale'], upscaleKeys, config.upscale) : []),
    ...(config.adetailer_enabled ? config.adetailer.flatMap(detectorSettings) : []),
  ];
}

const upscaleKeys = Object.keys(RequestedUpscale.shape).filter((key) => key !== 'backend_options');

function detectorSettings(detector: object, index: number): readonly Setting[] {
  return statedOf(['adetailer', index], Object.keys(RequestedDetector.shape), detector);
}

/** A setting that is null is as the run, or off: there is nothing to tell. */
function statedOf(into: Path, keys: readonly string[], settings: object): readonly Setting[] {
  return settingsOf(into, keys, settings).filter(({ value }) => value !== null);
}

function settingsOf(into: Path, keys: readonly string[], settings: object): readonly Setting[] {
  const values = new Map<string, unknown>(Object.entries(settings));
  return keys.map((key) => ({ field: [...into, key], value: values.get(key) }));
}
