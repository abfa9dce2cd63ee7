/** What the API says of an answer: what was cut, or is approximate. */
export const Notes = ({ notes = [] }: { notes?: readonly string[] | undefined }) =>
  notes.map((note) => (
    <p key={note} class="notice plain">
      {note}
    </p>
  ));
