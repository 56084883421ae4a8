document.querySelector("main").textContent = await (await fetch("/api/birds")).text();
