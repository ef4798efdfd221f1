/**
 * Whether two names are those of one checkpoint: with or without its extension and the hash that a WebUI shows behind it.
 *
 * Source: `get_closet_checkpoint_match` of A1111's WebUI, which finds a file by its name, its title or its name alone.
 */
export function isSameCheckpoint(one: string | null, other: string | null): boolean {
  return one !== null && other !== null && bareName(one) === bareName(other);
}

function bareName(name: string): string {
  return name
    .trim()
    .replace(/ {1,8}\[[0-9a-f]{6,64}\]$/i, '')
    .replace(/\.(safetensors|ckpt)$/i, '');
}
