/** Hands a result to whoever waits for it: a page posts it to the address in its query, others print it. */
export function deliver(result) {
  const report = JSON.stringify(result);
  if (typeof document === 'undefined') console.log(report);
  else void fetch(new URLSearchParams(location.search).get('report'), { method: 'POST', body: report });
}
