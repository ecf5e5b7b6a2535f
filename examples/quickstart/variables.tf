variable "output_directory" {
  description = "Where the generated files go. Relative paths start at this folder."
  type        = string
  default     = "out"
}

variable "domain" {
  description = "Domain that every service is reached under."
  type        = string
  default     = "example.internal"

  validation {
    condition     = length(var.domain) > 0 && !startswith(var.domain, ".")
    error_message = "The domain must not be empty or start with a dot."
  }
}

variable "services" {
  description = "The services to configure, by name."
  type = map(object({
    port     = number
    replicas = optional(number, 1)
    public   = optional(bool, false)
  }))
  default = {
    api = {
      port     = 8080
      replicas = 2
    }
    web = {
      port   = 8000
      public = true
    }
  }

  validation {
    condition     = alltrue([for service in var.services : service.port > 1023 && service.port < 65536])
    error_message = "Every port must be between 1024 and 65535."
  }
}
