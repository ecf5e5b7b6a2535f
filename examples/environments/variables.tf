variable "environment" {
  description = "Which environment the other values are for. The workspace of the same name must be selected."
  type        = string

  validation {
    condition     = contains(["dev", "staging", "prod"], var.environment)
    error_message = "The environment must be dev, staging or prod."
  }
}

variable "instances" {
  description = "How many application hosts there are."
  type        = number

  validation {
    condition     = var.instances >= 1 && var.instances <= 20
    error_message = "There must be between 1 and 20 instances."
  }
}

variable "instance" {
  description = "What each host looks like."
  type = object({
    size    = string
    disk_gb = optional(number, 20)
  })
}

variable "features" {
  description = "Feature switches of the application."
  type        = map(bool)
  default     = {}
}

variable "backup" {
  description = "When backups are taken and how long they are kept; null for none."
  type = object({
    schedule       = string
    retention_days = number
  })
  default = null
}
