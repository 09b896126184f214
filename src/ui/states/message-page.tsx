/** A page that is only a message and the way home. */
import { BrandIcon } from '../icons.tsx';

export function MessagePage({ title, text, homeHref }: { title: string; text: string; homeHref: string }) {
  return (
    <main className="mx-auto grid min-h-dvh max-w-[52ch] content-center gap-4 px-6">
      <BrandIcon />
      <h1 className="title">{title}</h1>
      <p className="font-serif text-lg leading-7">{text}</p>
      <p>
        <a className="btn" href={homeHref}>
          To the course
        </a>
      </p>
    </main>
  );
}
