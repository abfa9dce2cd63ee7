/** A value that is made when it is first asked for. For what takes milliseconds and most processes never need, such as ICU's data. */
export function lazy<Value extends object>(create: () => Value): () => Value {
  let value: Value | undefined;
  return () => {
    value ??= create();
    return value;
  };
}
