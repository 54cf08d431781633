/* Optional map of the filing path: neighbourhoods as polygons, no tiles, one pin that can be dragged.
   Without this file the address and the list of neighbourhoods say the same. */
(() => {
  "use strict";
  const box = document.querySelector("[data-mapa]");
  if (!box || !window.L) return;
  const L = window.L;
  const lat = document.getElementById(box.dataset.lat);
  const lon = document.getElementById(box.dataset.lon);
  const list = document.getElementById(box.dataset.colonia);
  const state = box.querySelector("[data-estado]");
  const remove = box.querySelector("[data-quita]");
  const map = L.map(box.querySelector("[data-lienzo]"), { attributionControl: false, zoomSnap: 0.5 });
  const icon = L.divIcon({
    className: "pinmark", iconSize: [36, 44], iconAnchor: [18, 42],
    html: '<svg viewBox="0 0 36 44" aria-hidden="true"><path d="M18 42C12 30 3 24 3 15a15 15 0 0 1 30 0c0 9-9 15-15 27z"/><circle cx="18" cy="15" r="5"/></svg>',
  });
  let pin = null;
  let areas = [];

  const inside = (x, y, rings) => rings.reduce((odd, ring) => {
    for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
      const [xi, yi] = ring[i], [xj, yj] = ring[j];
      if ((yi > y) !== (yj > y) && x < ((xj - xi) * (y - yi)) / (yj - yi) + xi) odd = !odd;
    }
    return odd;
  }, false);
  const areaAt = (point) => areas.find((a) => {
    const g = a.feature.geometry;
    const polygons = g.type === "MultiPolygon" ? g.coordinates : [g.coordinates];
    return polygons.some((rings) => inside(point.lng, point.lat, rings));
  });
  const light = (found) => areas.forEach((a) => {
    const path = a.getElement();
    if (path) path.classList.toggle("col--on", a === found);
  });

  const say = (text) => { state.textContent = text; };
  const put = (point, choose) => {
    lat.value = point.lat.toFixed(6);
    lon.value = point.lng.toFixed(6);
    if (pin) pin.setLatLng(point);
    else {
      pin = L.marker(point, { icon, draggable: true, title: box.dataset.mover, alt: box.dataset.mover }).addTo(map);
      pin.on("dragend", () => put(pin.getLatLng(), true));
    }
    remove.hidden = false;
    const found = areaAt(point);
    light(found);
    if (found && choose) list.value = found.feature.properties.clave;
    say(found ? box.dataset.puesta.replace("{n}", found.feature.properties.nombre) : areas.length ? box.dataset.fuera : "");
  };
  const take = () => {
    if (pin) map.removeLayer(pin);
    pin = null;
    lat.value = lon.value = "";
    remove.hidden = true;
    light(null);
    say("");
  };

  fetch(box.dataset.mapa).then((r) => r.json()).then((data) => {
    const layer = L.geoJSON(data, {
      style: { className: "col", weight: 1.25 },
      onEachFeature: (feature, shape) => {
        areas.push(shape);
        shape.bindTooltip(feature.properties.nombre, { sticky: true });
      },
    }).addTo(map);
    map.fitBounds(layer.getBounds(), { animate: false });
    map.on("click", (e) => put(e.latlng, true));
    if (lat.value && lon.value) put(L.latLng(Number(lat.value), Number(lon.value)), false);
  }).catch(() => { box.hidden = true; });

  list.addEventListener("change", () => {
    const found = areas.find((a) => a.feature.properties.clave === list.value);
    if (found && !pin) { light(found); map.fitBounds(found.getBounds(), { maxZoom: 16, animate: false }); }
  });
  remove.addEventListener("click", take);
  box.querySelector("[data-posicion]").addEventListener("click", () => {
    if (!navigator.geolocation) { say(box.dataset.negada); return; }
    navigator.geolocation.getCurrentPosition(
      (p) => { const at = L.latLng(p.coords.latitude, p.coords.longitude); put(at, true); map.setView(at, 16, { animate: false }); },
      () => say(box.dataset.negada),
      { enableHighAccuracy: true, timeout: 10000 },
    );
  });
})();
