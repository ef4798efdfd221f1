import { upscalerLabel } from '../../../names/upscalers.ts';

/**
 * What SD.Next calls the upscalers that every WebUI has. Source: `modules/upscaler_simple.py` and
 * `modules/postprocess/realesrgan_model.py`. By a name that it does not know it enlarges nothing, and says so in its log
 * alone.
 */
const names: ReadonlyMap<string, string> = new Map([
  ['R-ESRGAN 4x+', 'RealESRGAN 4x+'],
  ['R-ESRGAN 4x+ Anime6B', 'RealESRGAN 4x+ Anime6B'],
  ['R-ESRGAN 2x+', 'RealESRGAN 2x+'],
  ['R-ESRGAN General 4xV3', 'RealESRGAN 4x General V3'],
  ['R-ESRGAN General WDN 4xV3', 'RealESRGAN 4x General WDN V3'],
  ['R-ESRGAN AnimeVideo', 'RealESRGAN AnimeVideo V3'],
  ['Lanczos', 'Resize Lanczos'],
  ['Nearest', 'Resize Nearest'],
  ['Latent', 'Latent Bilinear'],
  ['Latent (antialiased)', 'Latent Bilinear antialias'],
  ['Latent (bicubic)', 'Latent Bicubic'],
  ['Latent (bicubic antialiased)', 'Latent Bicubic antialias'],
  ['Latent (nearest)', 'Latent Nearest'],
  ['Latent (nearest-exact)', 'Latent Nearest exact'],
]);

/** SD.Next's name of an upscaler. Any other model is named by its file, and goes as it is. */
export function sdnextUpscaler(name: string): string {
  return names.get(upscalerLabel(name)) ?? name;
}
