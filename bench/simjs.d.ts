/** simjs has no types of its own, exports nothing, and leaves what it has on `window`. */
declare module 'simjs';
