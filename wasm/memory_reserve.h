// Memory put by, so that the step that runs out of it still ends well, and the next one is refused instead.
#pragma once

#include <cstddef>

namespace rekognition_jobs::wasm {

/// Puts by a sixth of the memory in use, or renews what was used up. It is not touched: it costs addresses, not
/// memory. Whether there is a reserve now: when not, nothing that fills memory should begin.
bool put_by();

/// Whether a question of so many rows may begin: the order of all of them needs room for itself, once.
[[nodiscard]] bool has_room_to_ask(std::size_t rows, bool is_sorted);

}  // namespace rekognition_jobs::wasm
