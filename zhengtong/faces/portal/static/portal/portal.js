// Says that scripts run: a file is then sent as soon as it is chosen, and its button is not needed.
document.documentElement.dataset.scripting = "";
