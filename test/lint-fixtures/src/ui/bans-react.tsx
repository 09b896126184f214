import { useEffect, useState } from 'react';

export function Sometimes({ on, name }: { on: boolean; name: string }) {
  const [count] = useState(0);
  useEffect(() => console.log(name), []); // expect react-hooks(exhaustive-deps)
  if (on) useState(1); // expect react-hooks(rules-of-hooks)
  return <img src={`${count}.png`} />; // expect jsx-a11y(alt-text)
}
