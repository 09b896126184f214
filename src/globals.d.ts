/** True in the single-file embed, whose worker must start from a blob. Set by vite.config.ts. */
declare const __PADDOCK_INLINE_WORKER__: boolean;
