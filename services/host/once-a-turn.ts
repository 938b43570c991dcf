/** Asks for the work to be done; however often it is asked for in a turn of the event loop, it is done once, in the next. */
export function onceATurn(work: () => void): () => void {
  let isComing = false;
  return () => {
    if (isComing) return;
    isComing = true;
    setImmediate(() => {
      isComing = false;
      work();
    });
  };
}
