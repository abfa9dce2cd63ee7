/** Asks for the read key: nothing is shown without one. */
import { useState } from 'preact/hooks';
import type { Language } from '../words/catalogue.js';
import { SHELL_WORDS } from '../words/shell-words.js';
import { Brand } from './brand.js';

interface KeyPageProps {
  language: Language;
  /** Whether a key was given that opened nothing. */
  wasWrong: boolean;
  useKey(key: string): void;
}

export function KeyPage({ language, wasWrong, useKey }: KeyPageProps) {
  const words = SHELL_WORDS[language];
  const [key, setKey] = useState('');
  const open = (event: Event) => {
    event.preventDefault();
    if (key.trim() !== '') useKey(key.trim());
  };
  return (
    <main class="lonely">
      <Brand />
      <h1>{words.key_title}</h1>
      <p>{words.key_hint}</p>
      <form id="key-form" onSubmit={open}>
        <label for="key">{words.key}</label>
        <input
          id="key"
          type="password"
          autocomplete="off"
          spellcheck={false}
          required
          aria-invalid={wasWrong}
          aria-describedby={wasWrong ? 'key-wrong' : undefined}
          value={key}
          onInput={({ currentTarget }) => setKey(currentTarget.value)}
        />
        {wasWrong && (
          <p id="key-wrong" class="alarm" role="alert">
            {words.key_wrong}
          </p>
        )}
        <button type="submit" class="primary">
          {words.key_use}
        </button>
      </form>
    </main>
  );
}
