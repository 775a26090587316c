// The live picture: one canvas, one bitmap at a time, nothing kept.

const canvas = document.createElement("canvas");
canvas.className = "live";
let wanted = false;

/** The canvas to put into a figure; pictures are drawn until `blank`. */
export function watch() {
  wanted = true;
  return canvas;
}

/** Stop drawing and let go of the last picture. */
export function blank() {
  wanted = false;
  canvas.width = 0;
  canvas.height = 0;
  canvas.remove();
}

/** Draw one JPEG; a damaged one is skipped. */
export async function draw(jpeg) {
  const bitmap = await createImageBitmap(jpeg).catch(() => null);
  if (bitmap === null) return;
  if (wanted) paint(bitmap);
  bitmap.close();
}

function paint(bitmap) {
  if (canvas.width !== bitmap.width) canvas.width = bitmap.width;
  if (canvas.height !== bitmap.height) canvas.height = bitmap.height;
  canvas.getContext("2d").drawImage(bitmap, 0, 0);
}

/** A still picture from base64 on a canvas of its own, so that no address of it ever exists. */
export function still(base64, label) {
  const picture = document.createElement("canvas");
  picture.setAttribute("role", "img");
  picture.setAttribute("aria-label", label);
  const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  createImageBitmap(new Blob([bytes])).then((bitmap) => {
    picture.width = bitmap.width;
    picture.height = bitmap.height;
    picture.getContext("2d").drawImage(bitmap, 0, 0);
    bitmap.close();
  }, () => picture.remove());
  return picture;
}
