// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/unique_fd.h"
#include "core/transport/datagram_sorting.h"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include <linux/filter.h>

namespace weft::transport::detail {

/// Patterns, and what a filter answers for a datagram that looks like one of them.
struct FilterRule {
    std::span<const DatagramPattern> patterns;
    std::uint32_t answer = 0;
};

/// A program for the filter machine of the system (classic BPF): the answer of the first rule that
/// has a pattern for the datagram, `otherwise` when none has. `headerBytes` lie before the datagram
/// where the program runs. The patterns are valid.
std::vector<sock_filter> filterProgram(
    std::span<const FilterRule> rules, std::uint32_t otherwise, std::uint32_t headerBytes);

/// Lets `fd` take only what looks like one of the patterns. False when the system refuses.
bool attachAcceptFilter(const base::UniqueFd& fd, const DatagramSorting& sorting);
void detachFilter(const base::UniqueFd& fd);
/// Hands control datagrams to the second socket of the group that `fd` is in, all others to the
/// first. False when the system refuses.
bool attachGroupFilter(const base::UniqueFd& fd, const DatagramSorting& sorting);

}  // namespace weft::transport::detail
