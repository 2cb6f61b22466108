// The counter's devices on this machine (contrib/bridge). Without them every page works by hand, and says so once.

const CODE = "zt_bridge_code";
const mark = document.getElementById("devices");

if (mark) start();

function start() {
  const said = mark.querySelector("[data-bridge-said]");
  const pair = mark.querySelector("[data-bridge-pair]");
  const field = pair.querySelector("input");
  let devices = [];

  function tell(state, words) {
    mark.dataset.state = state;
    said.textContent = words;
  }

  async function ask(path, sent) {
    const code = localStorage.getItem(CODE) ?? "";
    let response;
    try {
      response = await fetch(mark.dataset.bridge + path, {
        method: "POST", credentials: "omit", body: JSON.stringify(sent ?? {}),
        headers: { "Content-Type": "application/json", "X-Bridge-Code": code },
      });
    } catch {
      dead();
      return null;
    }
    const told = await response.json().catch(() => ({}));
    if (response.ok) return told;
    if (told.error === "code_wrong") unpaired();
    else tell("failed", told.message || mark.dataset.failed);
    return null;
  }

  function dead() {
    devices = [];
    offer();
    tell("dead", mark.dataset.dead);
  }

  function unpaired() {
    localStorage.removeItem(CODE);
    tell("unpaired", mark.dataset.unpaired);
    pair.hidden = false;
    offer();
  }

  // A button is there only where its device is.
  function offer(root = document) {
    const can = (device) => devices.includes(device) && Boolean(localStorage.getItem(CODE));
    for (const [name, device] of [["read", "id_reader"], ["camera", "camera"], ["print", "printer"], ["sign", "pad"]])
      for (const button of root.querySelectorAll(`[data-bridge-${name}]`)) button.hidden = !can(device);
  }

  async function look() {
    try {
      const told = await (await fetch(`${mark.dataset.bridge}/state`, { credentials: "omit" })).json();
      devices = told.devices ?? [];
      if (!localStorage.getItem(CODE)) return unpaired();
      pair.hidden = true;
      tell("ready", told.simulated ? mark.dataset.simulated : mark.dataset.ready);
      offer();
    } catch {
      dead();
    }
  }

  const doing = {
    async read(button) {
      const card = await ask("/id_reader/read");
      if (!card) return;
      const role = button.dataset.bridgeRead;
      const into = (id, value) => {
        const box = document.getElementById(id);
        if (!box) return null;
        box.value = value;
        box.dispatchEvent(new Event("input", { bubbles: true }));
        return box;
      };
      const expired = card.valid_to !== "长期" && card.valid_to < new Date().toISOString().slice(0, 10);
      tell(expired ? "failed" : "ready", `${mark.dataset.read}：${card.name}，${card.valid_to}。${expired ? mark.dataset.expired : ""}`);
      if (button.dataset.bridgeVisitor) return visitor(role, card, into);
      into(role, card.number);
      if (button.dataset.bridgeNameTo) into(button.dataset.bridgeNameTo, card.name);
      if (button.dataset.bridgeAlso) into(button.dataset.bridgeAlso, card.name);
      if ("bridgeSubmits" in button.dataset) document.getElementById(role).form.requestSubmit();
    },
    async camera(button) {
      const told = await ask("/camera/take");
      const box = document.getElementById(button.dataset.bridgeCamera);
      if (!told || !box) return;
      const picture = await suited(bytes(told), box.accept);
      const ending = picture.type === "image/jpeg" ? "jpg" : "png";
      const held = new DataTransfer();
      held.items.add(new File([picture], `${button.dataset.bridgeName}.${ending}`, { type: picture.type }));
      box.files = held.files;
      box.dispatchEvent(new Event("change", { bubbles: true }));
      tell("ready", mark.dataset.taken);
    },
    async print(button) {
      const paper = await fetch(button.dataset.bridgePrint);
      if (!paper.ok) return tell("failed", mark.dataset.failed);
      const content = await base64(await paper.blob());
      const told = await ask("/printer/print", { name: button.dataset.bridgeName, kind: "application/pdf", content });
      if (told) tell("ready", `${mark.dataset.printed}：${told.printed}`);
    },
    async sign(button) {
      const told = await ask("/pad/sign", { prompt: document.title });
      const field = button.form.querySelector("[data-signature]");
      if (!told || !field) return;
      field.dispatchEvent(new CustomEvent("signature:take", { detail: `data:${told.kind};base64,${told.content}` }));
      tell("ready", mark.dataset.signed);
    },
  };

  // A firm's application: whoever has the card is the one who acts for it.
  function visitor(role, card, into) {
    const person = !document.getElementById(`${role}-id_type`)?.querySelector("[value=credit_code]");
    const who = person ? role : "operator";
    document.getElementById(who)?.closest("details")?.setAttribute("open", "");
    const kind = document.getElementById(`${who}-id_type`);
    if (kind) kind.value = "resident_id";
    into(`${who}-name`, card.name);
    const number = into(`${who}-id_number`, card.number);
    number?.dispatchEvent(new Event("change", { bubbles: true }));
    number?.focus();
  }

  function press(button) {
    const name = ["read", "camera", "print", "sign"].find((each) => `bridge${each[0].toUpperCase()}${each.slice(1)}` in button.dataset);
    if (name && !button.hidden) doing[name](button);
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (button) press(button);
  });
  // F2 reads a card, F4 takes a picture for the paper one stands on (else the first that lacks one), F8 prints, F9 signs.
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const known = [...document.querySelectorAll(`[data-bridge-key="${CSS.escape(event.key)}"]`)].filter((each) => !each.hidden);
    if (!known.length) return;
    event.preventDefault();
    const here = document.activeElement?.closest(".desk-paper");
    press(known.find((each) => here?.contains(each)) ?? known[0]);
  });
  pair.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    pairs();
  });
  mark.querySelector("[data-bridge-pairs]").addEventListener("click", pairs);
  async function pairs() {
    localStorage.setItem(CODE, field.value.trim().toUpperCase());
    pair.hidden = true;
    await look();
  }
  document.addEventListener("htmx:load", (event) => offer(event.detail.elt));
  look();
}

function bytes(told) {
  return new Blob([Uint8Array.from(atob(told.content), (sign) => sign.charCodeAt(0))], { type: told.kind });
}

// The picture in a kind the paper is taken in: most take PNG, some only JPEG.
async function suited(picture, accept) {
  if (!accept || accept.includes("png")) return picture;
  const drawn = await createImageBitmap(picture);
  const canvas = new OffscreenCanvas(drawn.width, drawn.height);
  canvas.getContext("2d").drawImage(drawn, 0, 0);
  return canvas.convertToBlob({ type: "image/jpeg", quality: 0.9 });
}

function base64(blob) {
  return new Promise((done) => {
    const reader = new FileReader();
    reader.onload = () => done(reader.result.split(",")[1]);
    reader.readAsDataURL(blob);
  });
}
