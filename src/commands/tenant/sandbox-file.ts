/** State of the embedded tenant where no other is named; relative to the working directory. */
export const defaultSandboxFile = '.faceform/sandbox.json';
