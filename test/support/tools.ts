// Programs that some tests need and not every machine has.
import { accessSync, constants } from 'node:fs';

/** Why a program cannot be run here; undefined when it can. */
export const missingTool = (path: string): string | undefined => {
  try {
    accessSync(path, constants.X_OK);
    return undefined;
  } catch {
    return `${path} is not installed`;
  }
};

/** Says on the standard error what is not tested here, and why; nothing where there is no reason. */
export const notice = (reason: string | undefined, what: string): void => {
  if (reason !== undefined) process.stderr.write(`skipped, because ${reason}: ${what}\n`);
};
