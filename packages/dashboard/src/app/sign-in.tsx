/** Asks for the read key: nothing is shown without one. */
import { useState } from 'preact/hooks';
import type { Language } from '../i18n/languages.js';
import { Logo } from './logo.js';
import { SIGN_IN_MESSAGES } from './sign-in-messages.js';

export interface SignInProps {
  language: Language;
  /** Whether a key was given that opened nothing. */
  wasWrong: boolean;
  useKey(key: string): void;
}

export function SignIn({ language, wasWrong, useKey }: SignInProps) {
  const messages = SIGN_IN_MESSAGES[language];
  const [key, setKey] = useState('');
  const open = (event: Event) => {
    event.preventDefault();
    if (key.trim() !== '') useKey(key.trim());
  };
  return (
    <main class="centered">
      <Logo />
      <h1>{messages.key_title}</h1>
      <p>{messages.key_hint}</p>
      <form id="key-form" onSubmit={open}>
        <label for="key">{messages.key}</label>
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
            {messages.key_wrong}
          </p>
        )}
        <button type="submit" class="primary">
          {messages.key_use}
        </button>
      </form>
    </main>
  );
}
