/** Words in every language that the dashboard speaks: one that lacks in a language does not compile. */

/** A text, or one that is made of something. */
type Word = string | ((...parts: never[]) => string);
type Messages = { readonly [name: string]: Word };

/** The same names and parts, with words of another language. */
type Translated<English extends Messages> = {
  readonly [Name in keyof English]: English[Name] extends (...parts: infer Parts) => string
    ? (...parts: Parts) => string
    : string;
};

export interface Catalogue<English extends Messages> {
  en: Translated<English>;
  ko: Translated<English>;
}

export const defineMessages = <const English extends Messages>(messages: {
  en: English;
  ko: Translated<NoInfer<English>>;
}): Catalogue<English> => ({ en: messages.en as unknown as Translated<English>, ko: messages.ko });
