/** Keeps a list's elements in step with items: what stays is kept, so that hover, selection and scroll do. */

export interface KeyedList<Item> {
  show(items: readonly Item[]): void;
}

export function keyedList<Item>(
  parent: Element,
  keyOf: (item: Item) => string,
  create: (item: Item) => { node: Element; update?: (item: Item) => void },
): KeyedList<Item> {
  const shown = new Map<string, { node: Element; update?: (item: Item) => void }>();
  return {
    show(items) {
      const keys = new Set(items.map(keyOf));
      for (const [key, { node }] of shown) {
        if (keys.has(key)) continue;
        node.remove();
        shown.delete(key);
      }
      let before: Element | null = parent.firstElementChild;
      for (const item of items) {
        const key = keyOf(item);
        const known = shown.get(key);
        const row = known ?? create(item);
        if (known) known.update?.(item);
        else shown.set(key, row);
        if (row.node === before) before = before.nextElementSibling;
        else parent.insertBefore(row.node, before);
      }
    },
  };
}
