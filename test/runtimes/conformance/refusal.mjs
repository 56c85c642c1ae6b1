// What a runtime runs that cannot run the package: the error must say so.

/**
 * @param {() => object | Promise<object>} load gives the package's exports
 * @returns {Promise<{ failures: string[] }>}
 */
export async function refuse(load, words) {
  try {
    const { FeedforwardNN, UnsupportedRuntimeError } = await load();
    try {
      new FeedforwardNN({ layers: [1, 2] });
      return { failures: ['the network was made'] };
    } catch (error) {
      const clear = error instanceof UnsupportedRuntimeError && error.message.includes(words);
      return { failures: clear ? [] : [`expected an UnsupportedRuntimeError with "${words}", got ${error}`] };
    }
  } catch (error) {
    return { failures: [`the package did not load: ${error}`] };
  }
}
