/** What stands where there is nothing yet: what would be here, and how it comes about. */
import type { ComponentChildren } from 'preact';

interface LessonProps {
  title: string;
  text: string;
  /** To be copied. */
  code?: string;
  children?: ComponentChildren;
}

export const Lesson = ({ title, text, code, children }: LessonProps) => (
  <section class="lesson" aria-label={title}>
    <h2>{title}</h2>
    <p>{text}</p>
    {code && (
      <pre>
        <code>{code}</code>
      </pre>
    )}
    {children}
  </section>
);
