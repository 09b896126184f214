/** The top line: whose it is, where in the course, and what can be opened. */
import type { ReactNode } from 'react';
import { BrandIcon } from './icons.tsx';

export function Header({
  homeHref,
  middle,
  children,
}: {
  homeHref: string;
  middle?: ReactNode;
  children: ReactNode;
}) {
  return (
    <header className="bench-header">
      <a
        href={homeHref}
        className="flex flex-none items-center gap-2.5 rounded text-xl font-bold tracking-tight min-[1240px]:w-[392px]"
        aria-label="Paddock, the course"
      >
        <BrandIcon />
        Paddock
      </a>
      <div className="hidden min-[1100px]:block">{middle}</div>
      <div className="ml-auto flex items-center gap-1">{children}</div>
    </header>
  );
}
