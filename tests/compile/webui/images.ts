/** A PNG of a size, in base64: so much of it as a size is read from. */
export function png(width: number, height: number): string {
  const bytes = Buffer.alloc(33);
  bytes.write('\x89PNG\r\n\x1a\n', 'latin1');
  bytes.writeUInt32BE(13, 8);
  bytes.write('IHDR', 12, 'latin1');
  bytes.writeUInt32BE(width, 16);
  bytes.writeUInt32BE(height, 20);
  return bytes.toString('base64');
}

/** A JPEG of a size whose metadata are so many bytes long, up to the header of its frame. */
export function jpeg(width: number, height: number, metadata = 1000): string {
  const comment = Buffer.alloc(metadata + 4);
  comment.writeUInt16BE(0xffed, 0);
  comment.writeUInt16BE(metadata + 2, 2);
  const frame = Buffer.from('ffc00011080000000003012200021101031101ffda', 'hex');
  frame.writeUInt16BE(height, 5);
  frame.writeUInt16BE(width, 7);
  return Buffer.concat([Buffer.from('ffd8', 'hex'), comment, frame, Buffer.alloc(64)]).toString('base64');
}

/** A WebP of a size with a canvas of its own, as those with metadata have. */
export function webp(width: number, height: number): string {
  const bytes = Buffer.alloc(48);
  bytes.write('RIFF', 0, 'latin1');
  bytes.writeUInt32LE(40, 4);
  bytes.write('WEBPVP8X', 8, 'latin1');
  bytes.writeUInt32LE(10, 16);
  bytes.writeUIntLE(width - 1, 24, 3);
  bytes.writeUIntLE(height - 1, 27, 3);
  return bytes.toString('base64');
}
