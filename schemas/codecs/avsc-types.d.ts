/**
 * The part of avsc that reads and writes values. Its main file loads container files and remote calls as well, which cost each
 * start of each program some ten milliseconds and are used by none of them.
 */
declare module 'avsc/lib/types.js' {
  import type { Type as AvscType, types } from 'avsc';

  const avscTypes: { readonly Type: typeof AvscType; readonly builtins: typeof types };
  export = avscTypes;
}
