/** Small drawings; decoration beside words, so hidden from assistive tools. */
import type { ReactNode } from 'react';

function Icon({ size, box = size, children }: { size: number; box?: number; children: ReactNode }) {
  return (
    <svg
      width={size}
      height={size}
      viewBox={`0 0 ${box} ${box}`}
      aria-hidden="true"
      focusable="false"
      className="block flex-none overflow-visible"
    >
      {children}
    </svg>
  );
}

export const CrossIcon = () => (
  <Icon size={24}>
    <path d="M4 4L20 20M20 4L4 20" fill="none" className="stroke-red" strokeWidth="4" />
  </Icon>
);

export const RingIcon = () => (
  <Icon size={24}>
    <circle cx="12" cy="12" r="9" className="fill-paper stroke-red" strokeWidth="3" />
  </Icon>
);

export const HalfIcon = () => (
  <Icon size={24}>
    <circle cx="12" cy="12" r="9" fill="none" className="stroke-ink" strokeWidth="2.5" />
    <path d="M12 3a9 9 0 0 0 0 18z" className="fill-ink" />
  </Icon>
);

/** A pen with hatching: the lines are drawn one by one, so that no pattern needs an id. */
export const HatchIcon = () => (
  <Icon size={24}>
    <path
      d="M3 10L9 4M3 15.5L14.5 4M4 20L20 4M9.5 20L21 8.5M15 20L21 14"
      fill="none"
      stroke="var(--hatch)"
      strokeWidth="2"
    />
    <rect x="2" y="3.5" width="20" height="17" rx="5" fill="none" className="stroke-ink" strokeWidth="2" />
  </Icon>
);

export const PenIcon = () => (
  <Icon size={24}>
    <path
      d="M2 9V7a4 4 0 0 1 4-4h12a4 4 0 0 1 4 4v10a4 4 0 0 1-4 4H6a4 4 0 0 1-4-4v-2"
      fill="none"
      className="stroke-ink"
      strokeWidth="2.5"
      strokeLinecap="round"
    />
  </Icon>
);

export const PlayIcon = () => (
  <Icon size={18}>
    <path d="M4 1.5L17 9 4 16.5z" fill="currentColor" />
  </Icon>
);

export const PauseIcon = () => (
  <Icon size={18}>
    <path d="M4 2h4v14H4zM10.5 2h4v14h-4z" fill="currentColor" />
  </Icon>
);

export const StepIcon = () => (
  <Icon size={14}>
    <path d="M1 1l8 6-8 6zM10.5 1h3v12h-3z" fill="currentColor" />
  </Icon>
);

export const ResetIcon = () => (
  <Icon size={16}>
    <path
      d="M3.2 5.2A6 6 0 1 1 2 9"
      fill="none"
      stroke="currentColor"
      strokeWidth="2"
      strokeLinecap="round"
    />
    <path
      d="M2.2 1.6v4.2h4.2"
      fill="none"
      stroke="currentColor"
      strokeWidth="2"
      strokeLinecap="round"
      strokeLinejoin="round"
    />
  </Icon>
);

export const CaretIcon = () => (
  <Icon size={10}>
    <path d="M1.5 3L5 6.8 8.5 3" fill="none" stroke="currentColor" strokeWidth="2" strokeLinecap="round" />
  </Icon>
);

export const CloseIcon = () => (
  <Icon size={14}>
    <path d="M2 2l10 10M12 2L2 12" fill="none" stroke="currentColor" strokeWidth="2" strokeLinecap="round" />
  </Icon>
);

export const TickIcon = () => (
  <Icon size={18}>
    <path d="M2.5 9.5l4.5 4.5 8.5-10" fill="none" stroke="currentColor" strokeWidth="3" />
  </Icon>
);

export const SessionIcon = () => (
  <Icon size={14}>
    <circle cx="7" cy="7" r="7" className="fill-blue" />
  </Icon>
);

export const SheetIcon = () => (
  <Icon size={14}>
    <path d="M1.5 0h8L13 3.5V14H1.5z" className="fill-ink" />
  </Icon>
);

export const ClockIcon = () => (
  <Icon size={14}>
    <circle cx="7" cy="7" r="6" fill="none" className="stroke-ink" strokeWidth="2" />
    <path d="M7 3.5V7l2.5 1.5" fill="none" className="stroke-ink" strokeWidth="1.6" />
  </Icon>
);

export const PeersIcon = () => (
  <Icon size={14}>
    <path d="M7 3 2.6 11h8.8z" fill="none" stroke="currentColor" strokeWidth="1.4" />
    <path
      d="M7 .8a2.2 2.2 0 1 1 0 4.4a2.2 2.2 0 0 1 0-4.4zM2.6 8.8a2.2 2.2 0 1 1 0 4.4a2.2 2.2 0 0 1 0-4.4zM11.4 8.8a2.2 2.2 0 1 1 0 4.4a2.2 2.2 0 0 1 0-4.4z"
      className="fill-ink"
    />
  </Icon>
);

export const SunMoonIcon = () => (
  <Icon size={18}>
    <circle cx="6" cy="9" r="3" fill="currentColor" />
    <path
      d="M6 1v2.5M6 14.5V17M0 9h1M1.6 4.6l1 1M1.6 13.4l1-1M12 2.6a7 7 0 0 1 0 12.8 8 8 0 0 0 0-12.8z"
      fill="currentColor"
      stroke="currentColor"
      strokeWidth="1.6"
    />
  </Icon>
);

/** Sign of the house: a pen with two sessions in it. */
export const BrandIcon = () => (
  <svg
    width="30"
    height="26"
    viewBox="0 0 30 26"
    aria-hidden="true"
    focusable="false"
    className="block flex-none"
  >
    <path
      d="M2 10V7a5 5 0 0 1 5-5h16a5 5 0 0 1 5 5v12a5 5 0 0 1-5 5H7a5 5 0 0 1-5-5v-3"
      fill="none"
      className="stroke-ink"
      strokeWidth="3"
      strokeLinecap="round"
    />
    <circle cx="11" cy="13" r="3.5" className="fill-blue" />
    <circle cx="20" cy="13" r="3.5" className="fill-blue" />
  </svg>
);
