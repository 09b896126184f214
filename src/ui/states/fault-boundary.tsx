/** If the interface itself breaks, it says so instead of vanishing. */
import { Component, type ReactNode } from 'react';
import { MessagePage } from './message-page.tsx';

export class FaultBoundary extends Component<
  { homeHref: string; children: ReactNode },
  { fault: string | null }
> {
  override state: { readonly fault: string | null } = { fault: null };

  static getDerivedStateFromError(error: unknown): { fault: string } {
    return { fault: error instanceof Error ? error.message : String(error) };
  }

  override render(): ReactNode {
    return this.state.fault === null ? (
      this.props.children
    ) : (
      <MessagePage
        title="Something broke"
        text={`This is a fault of Paddock: ${this.state.fault}. Loading the page again helps.`}
        homeHref={this.props.homeHref}
      />
    );
  }
}
