/** A UUID of version 7: sorts by time, and needs no secure context as `crypto.randomUUID` does. */
export const uuid = (): string => {
  const time = `0${Date.now().toString(16)}`;
  const random = crypto.getRandomValues(new Uint8Array(30));
  let digit = 0;
  return 'xxxxxxxx-xxxx-7xxx-axxx-xxxxxxxxxxxx'.replace(
    /x/g,
    () => time[digit++] || ((random[digit] || 0) & 15).toString(16),
  );
};
