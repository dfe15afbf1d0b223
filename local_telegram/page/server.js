// Calls to the local server. An answer that is not good is an Error with what the server said and its `status`.

export async function ask(path, options = {}) {
  const answer = await fetch(path, options).catch(() => {
    throw new Error("no hay conexión con el servidor");
  });
  const body = await answer.json().catch(() => ({}));
  if (!answer.ok) {
    const error = new Error(body.error ?? `el servidor respondió ${answer.status}`);
    throw Object.assign(error, { status: answer.status });
  }
  return body;
}

export function post(path, body) {
  return ask(path, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
  });
}

// Files with their fields; a field that is empty is left out.
export function upload(path, files, fields) {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) {
    if (value !== null && value !== undefined && value !== "") form.append(name, value);
  }
  for (const file of files) form.append("file", file, file.name);
  return ask(path, { method: "POST", body: form });
}
