/** A chunk without values that somebody wants removed: they count as `(other)`, as in the rollups. Pure. */
import type { Dimension } from '../events/dimensions.js';
import { DIMENSIONS, SESSION_DIMENSIONS } from '../events/dimensions.js';
import { OTHER } from '../events/over-budget.js';
import type {
  Chunk,
  ContextColumns,
  DetailColumns,
  EventColumns,
  PropertyColumn,
  TextColumn,
} from './chunk.js';
import { mergeChunks } from './derive-chunk.js';

export interface RemovedTexts {
  isUnwanted(value: string): boolean;
  /** Of all of them, titles, links, hosts and properties are meant, too. */
  dimensions: readonly Dimension[];
}

/** Undefined where it has none of the values. */
export function withoutValues(chunk: Chunk, { isUnwanted, dimensions }: RemovedTexts): Chunk | undefined {
  let isFound = false;
  const replace = (value: string): string => {
    if (value === '' || value === OTHER || !isUnwanted(value)) return value;
    isFound = true;
    return OTHER;
  };
  const replaceAll = (column: TextColumn): TextColumn => ({ ...column, values: column.values.map(replace) });
  const isMeant = (dimension: Dimension) => dimensions.includes(dimension);
  const inDimension = (dimension: Dimension, column: TextColumn) =>
    isMeant(dimension) ? replaceAll(column) : column;
  const isAll = DIMENSIONS.every(isMeant);
  const everywhere = (column: TextColumn) => (isAll ? replaceAll(column) : column);

  const toContext = (context: ContextColumns): ContextColumns => {
    const replaced = { ...context.dimensions };
    for (const dimension of SESSION_DIMENSIONS)
      replaced[dimension] = inDimension(dimension, context.dimensions[dimension]);
    return { ...context, dimensions: replaced };
  };
  const toEvent = (event: EventColumns): EventColumns => ({
    ...event,
    page: inDimension('page', event.page),
    fromPage: inDimension('page', event.fromPage),
    hostname: everywhere(event.hostname),
    kinds: event.kinds.map((kind) => ({
      ...kind,
      ...(isMeant('event_name') && kind.type === 'custom' ? { name: replace(kind.name) } : {}),
      ...(isMeant('conversion_type') && kind.conversionType !== undefined
        ? { conversionType: replace(kind.conversionType) }
        : {}),
    })),
  });
  const toProperty = (columns: ReadonlyMap<string, PropertyColumn>) =>
    new Map([...columns].map(([key, column]) => [key, { ...column, text: everywhere(column.text) }]));
  const toDetail = ({ title, clickTarget, link, ...rest }: DetailColumns): DetailColumns => ({
    ...rest,
    title: everywhere(title),
    clickTarget: inDimension('click_target', clickTarget),
    link: everywhere(link),
  });

  const has = chunk.groups;
  const context = toContext(chunk.context());
  const event = toEvent(chunk.event());
  const property = has.has('property') ? toProperty(chunk.property()) : undefined;
  const detail = has.has('detail') ? toDetail(chunk.detail()) : undefined;
  if (!isFound) return undefined;
  // Copied row by row, so that equal texts are one, and none of before is left.
  return mergeChunks([
    {
      ...view(chunk),
      context: () => context,
      event: () => event,
      property: () => property ?? chunk.property(),
      detail: () => detail ?? chunk.detail(),
    },
  ]);
}

/** With what a chunk computes when it is asked for. */
const view = (chunk: Chunk): Chunk => ({
  from: chunk.from,
  to: chunk.to,
  groups: chunk.groups,
  events: chunk.events,
  botEvents: chunk.botEvents,
  over: chunk.over,
  context: () => chunk.context(),
  ids: () => chunk.ids(),
  event: () => chunk.event(),
  engagement: () => chunk.engagement(),
  arrival: () => chunk.arrival(),
  time: () => chunk.time(),
  property: () => chunk.property(),
  detail: () => chunk.detail(),
});
