/** At most `chars` characters of `text`; undefined where there is none. */
export const cut = (text: string | null | undefined, chars: number): string | undefined =>
  text?.slice(0, chars);
