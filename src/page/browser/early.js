// runs before the page is painted: it shows what needs the program, and takes the theme that was chosen before
document.documentElement.classList.add('script');
try {
  const theme = localStorage.getItem('fluxwright-theme');
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
} catch {
  // a browser that keeps nothing for files shows the system's theme
}
