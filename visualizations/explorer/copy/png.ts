/** Pixels of the image for each of the picture's: it stays sharp where it is shown large. */
const density = 2;

/** Draws an SVG as a PNG, on a ground of its own. */
export async function pngOf(svg: string, width: number, height: number): Promise<Blob> {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  await image.decode();
  const canvas = document.createElement('canvas');
  canvas.width = width * density;
  canvas.height = height * density;
  const drawn = canvas.getContext('2d');
  if (drawn === null) throw new Error('The browser draws no canvas.');
  drawn.drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob === null ? reject(new Error('The browser makes no PNG.')) : resolve(blob)));
  });
}
