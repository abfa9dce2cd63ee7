/** A chart as a picture: the same drawing with its colours written into it, under its title. */

const STYLES = [
  'fill',
  'fill-opacity',
  'stroke',
  'stroke-opacity',
  'stroke-width',
  'stroke-dasharray',
  'stroke-linecap',
  'stroke-linejoin',
  'stop-color',
  'stop-opacity',
  'paint-order',
  'font-family',
  'font-size',
  'font-weight',
];
const PADDING = 16;
const TITLE_HEIGHT = 32;
/** Pixels of the picture for one of the page. */
const SCALE = 2;

export type PictureKind = 'svg' | 'png';

export async function downloadPicture(chart: SVGSVGElement, title: string, kind: PictureKind): Promise<void> {
  const picture = drawPicture(chart, title);
  const text = new XMLSerializer().serializeToString(picture);
  const blob = kind === 'svg' ? new Blob([text], { type: 'image/svg+xml' }) : await toPng(text, picture);
  const url = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = url;
  link.download = `${title}.${kind}`;
  link.click();
  URL.revokeObjectURL(url);
}

function drawPicture(chart: SVGSVGElement, title: string): SVGSVGElement {
  const copy = chart.cloneNode(true) as SVGSVGElement;
  const originals = chart.querySelectorAll('*');
  for (const [at, element] of copy.querySelectorAll('*').entries()) {
    const original = originals[at];
    if (!original) continue;
    const style = getComputedStyle(original);
    // What refers to a pattern of the drawing stays as it is.
    for (const name of STYLES)
      if (!element.getAttribute(name)?.startsWith('url('))
        element.setAttribute(name, style.getPropertyValue(name));
  }
  const { width, height } = chart.getBoundingClientRect();
  const picture = create('svg');
  picture.setAttribute('width', String(width + 2 * PADDING));
  picture.setAttribute('height', String(height + TITLE_HEIGHT + 2 * PADDING));
  const page = getComputedStyle(chart.closest('.panel') ?? document.body);
  const ground = create('rect');
  ground.setAttribute('width', '100%');
  ground.setAttribute('height', '100%');
  ground.setAttribute('fill', page.backgroundColor);
  const name = create('text');
  name.textContent = title;
  name.setAttribute('x', String(PADDING));
  name.setAttribute('y', String(PADDING + 14));
  name.setAttribute('fill', page.color);
  name.setAttribute('font-family', page.fontFamily);
  name.setAttribute('font-size', '15');
  name.setAttribute('font-weight', '600');
  copy.setAttribute('x', String(PADDING));
  copy.setAttribute('y', String(PADDING + TITLE_HEIGHT));
  picture.append(ground, name, copy);
  return picture;
}

const create = <Name extends 'svg' | 'rect' | 'text'>(name: Name): SVGElementTagNameMap[Name] =>
  document.createElementNS('http://www.w3.org/2000/svg', name);

async function toPng(text: string, picture: SVGSVGElement): Promise<Blob> {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`;
  await image.decode();
  const canvas = document.createElement('canvas');
  canvas.width = SCALE * Number(picture.getAttribute('width'));
  canvas.height = SCALE * Number(picture.getAttribute('height'));
  const context = canvas.getContext('2d');
  context?.scale(SCALE, SCALE);
  context?.drawImage(image, 0, 0);
  return new Promise((resolve, reject) =>
    canvas.toBlob(
      (blob) => (blob ? resolve(blob) : reject(new Error('the browser draws no picture'))),
      'image/png',
    ),
  );
}
