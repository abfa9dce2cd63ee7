/** Small drawings for buttons: strokes in the colour of the text. */

const PATHS = {
  search: 'M7 2.500a4.5 4.5 0 1 1 0 9 4.5 4.5 0 0 1 0-9zM10.5 10.500l3 3',
  close: 'M4 4l8 8M12 4l-8 8',
  columns: 'M2.5 3h11v10h-11zM6.2 3v10M9.8 3v10',
  download: 'M8 2.500v7.500M5 7l3 3 3-3M3 13h10',
  copy: 'M5.5 5.500h8v8h-8zM3 10.500h-.500v-8h8V3',
  previous: 'M8 12.500v-9M4.5 7 8 3.5 11.5 7',
  next: 'M8 3.500v9M4.5 9 8 12.5 11.5 9',
} as const;

export type IconName = keyof typeof PATHS;

export const Icon = ({ name }: { name: IconName }) => (
  <svg class="icon small" viewBox="0 0 16 16" aria-hidden="true">
    <path d={PATHS[name]} />
  </svg>
);
