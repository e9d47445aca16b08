/** How this entry point is typed; the dashes are quoted because PowerShell drops them otherwise. */
export const INVOCATION = 'npm create clean-flask-ts@latest "--"';
