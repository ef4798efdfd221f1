/**
 * Whether a VAE's name says that the checkpoint's own is meant. Source: `modules/sd_vae.py` of A1111's WebUI, where
 * "Automatic" takes the one beside the checkpoint first.
 */
export function isOwnVae(name: string): boolean {
  return name === 'Automatic' || name === 'None';
}
