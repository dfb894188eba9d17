"""The screens in a browser, for a tablet: a small web server on this machine, one process of the screens a tab."""
