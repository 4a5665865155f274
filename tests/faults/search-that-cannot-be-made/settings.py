import pagefind_bin

pagefind_bin.get_executable = lambda: "no-such-program"
