/** Columns that are decoded when they are first asked for: most questions ask for few of a group's. */

/** Told what was decoded, so that it can be weighed. */
export type OnDecoded = (columns: unknown) => void;

/** An object whose fields are made when they are first read, and then are what they are. */
export function lazily<Fields extends object>(
  make: { [Name in keyof Fields]: () => Fields[Name] },
  onDecoded: OnDecoded,
): Fields {
  const fields = {} as Fields;
  for (const name of Object.keys(make) as (keyof Fields)[]) {
    Object.defineProperty(fields, name, {
      enumerable: true,
      configurable: true,
      get() {
        const value = make[name]();
        Object.defineProperty(fields, name, { value, enumerable: true });
        onDecoded(value);
        return value;
      },
    });
  }
  return fields;
}

/** What is made when it is first asked for. */
export function once<Value>(make: () => Value): () => Value {
  let made: { value: Value } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
