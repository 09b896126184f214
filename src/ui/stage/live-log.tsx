/** What happens, told to those who listen: polite, in batches. */
import { useHerd } from '../herd/herd-context.tsx';

export function LiveLog() {
  const announced = useHerd((state) => state.announced);
  return (
    <div role="log" aria-live="polite" aria-label="What happens" className="sr-only">
      {announced.map(({ id, text }) => (
        <p key={id}>{text}</p>
      ))}
    </div>
  );
}
