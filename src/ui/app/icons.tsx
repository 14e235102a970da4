import type { ReactNode } from 'react';

/** Drawn, not typed: fonts differ in which arrows and shapes they have. All are decoration. */
function Icon({ children }: { readonly children: ReactNode }) {
  return (
    <svg
      width="16"
      height="16"
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.5"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      {children}
    </svg>
  );
}

export function UndoIcon() {
  return (
    <Icon>
      <path d="M5.5 2.5 2.5 5.5l3 3M2.5 5.5h6.2a4 4 0 0 1 0 8H5.5" />
    </Icon>
  );
}

export function RedoIcon() {
  return (
    <Icon>
      <path d="m10.5 2.5 3 3-3 3M13.5 5.5H7.3a4 4 0 0 0 0 8h3.2" />
    </Icon>
  );
}

export function CloseIcon() {
  return (
    <Icon>
      <path d="m4 4 8 8M12 4l-8 8" />
    </Icon>
  );
}

export function SunIcon() {
  return (
    <Icon>
      <circle cx="8" cy="8" r="2.8" />
      <path d="M8 1.5v1.2M8 13.3v1.2M1.5 8h1.2M13.3 8h1.2M3.4 3.4l.9.9M11.7 11.7l.9.9M12.6 3.4l-.9.9M4.3 11.7l-.9.9" />
    </Icon>
  );
}

export function MoonIcon() {
  return (
    <Icon>
      <path d="M13.5 9.6A5.8 5.8 0 0 1 6.4 2.5a5.8 5.8 0 1 0 7.1 7.1Z" />
    </Icon>
  );
}

export function SystemIcon() {
  return (
    <Icon>
      <circle cx="8" cy="8" r="5.8" />
      <path d="M8 2.2a5.8 5.8 0 0 1 0 11.6Z" fill="currentColor" />
    </Icon>
  );
}

export function DiceIcon() {
  return (
    <Icon>
      <rect x="2.2" y="2.2" width="11.6" height="11.6" rx="2.4" />
      <path d="M5.4 5.4h.01M10.6 5.4h.01M8 8h.01M5.4 10.6h.01M10.6 10.6h.01" strokeWidth="2" />
    </Icon>
  );
}

export function ResetIcon() {
  return (
    <Icon>
      <path d="M3 3.2v3.4h3.4M3.3 6.6A5.4 5.4 0 1 1 2.6 9" />
    </Icon>
  );
}

export function SlidersIcon() {
  return (
    <Icon>
      <path d="M2 4.5h6M11.5 4.5H14M2 11.5h2.5M8 11.5h6" />
      <circle cx="9.7" cy="4.5" r="1.8" />
      <circle cx="6.2" cy="11.5" r="1.8" />
    </Icon>
  );
}

export function KeyboardIcon() {
  return (
    <Icon>
      <rect x="1.5" y="3.8" width="13" height="8.4" rx="1.6" />
      <path d="M4.2 6.6h.01M6.7 6.6h.01M9.3 6.6h.01M11.8 6.6h.01M5.2 9.6h5.6" />
    </Icon>
  );
}

export function CopyIcon() {
  return (
    <Icon>
      <rect x="5.5" y="5.5" width="8" height="8" rx="1.6" />
      <path d="M10.5 3.2A1.2 1.2 0 0 0 9.3 2.5H3.9a1.4 1.4 0 0 0-1.4 1.4v5.4a1.2 1.2 0 0 0 .7 1.2" />
    </Icon>
  );
}

export function PasteIcon() {
  return (
    <Icon>
      <rect x="3" y="3" width="10" height="11" rx="1.6" />
      <path d="M6 3a2 1.5 0 0 1 4 0v1.2H6ZM5.7 8h4.6M5.7 10.8h3" />
    </Icon>
  );
}

export function CheckIcon() {
  return (
    <Icon>
      <path d="m3 8.5 3.4 3.4L13 4.5" />
    </Icon>
  );
}

export function ShareIcon() {
  return (
    <Icon>
      <path d="M8 10V2M5 4.7 8 1.8l3 2.9M4 7.5H2.8v6.7h10.4V7.5H12" />
    </Icon>
  );
}

export function PinIcon() {
  return (
    <Icon>
      <path d="M5.5 2h5M6.3 2l-.5 5-2.3 2.3h9L10.2 7l-.5-5M8 9.3V14" />
    </Icon>
  );
}

/** Open: it is drawn. */
export function EyeIcon({ open }: { readonly open: boolean }) {
  return (
    <Icon>
      <path d="M1.5 8C3.2 5 5.4 3.6 8 3.6S12.8 5 14.5 8C12.8 11 10.6 12.4 8 12.4S3.2 11 1.5 8Z" />
      {open ? <circle cx="8" cy="8" r="2.1" /> : <path d="M3 13 13 3" />}
    </Icon>
  );
}

/** A dashed rectangle: select with a drag. */
export function SelectIcon() {
  return (
    <Icon>
      <rect x="2.5" y="2.5" width="11" height="11" rx="1" strokeDasharray="2.6 2" />
    </Icon>
  );
}
