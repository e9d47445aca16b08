/** How this door is typed; the dashes are quoted because PowerShell drops them otherwise. */
export const DOOR = "npm create clean-flask-ts@latest '--'";
