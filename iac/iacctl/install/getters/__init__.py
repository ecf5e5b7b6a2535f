"""One module for each way to fetch a package; `iacctl.install.fetching` chooses.

Each has `fetch_folder(url, destination, tools, hops)`, which makes a folder, and `fetch_file(url, path, tools)`, which fetches an
archive; both raise `FetchError`.
"""
